// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {IPermit2} from "../../../contracts/interfaces/external/IPermit2.sol";
import {Permit2Mock} from "../../../contracts/mocks/Permit2Mock.sol";
import {Multisig} from "../../../contracts/mocks/parties/Multisig.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Permit2Payment} from "../../../contracts/types/Payment.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {PaymentBase} from "../../support/PaymentBase.sol";
import {vm} from "../../support/Vm.sol";

contract Escrow_openWithPermit2 is PaymentBase {
    uint256 private constant NONCE = 7;

    function setUp() public override {
        super.setUp();
        vm.etch(PERMIT2, address(new Permit2Mock()).code);
        vm.prank(buyer);
        usd.approve(PERMIT2, type(uint256).max);
    }

    function test_WhenAnyoneSubmits() public {
        Terms memory terms = _terms(address(usd));
        uint256 had = usd.balanceOf(buyer);
        _open(terms, _payment(_idOf(terms), 0));
        _assertPaid(terms, buyer, had, 0);
    }

    function test_WhenItTips() public {
        Terms memory terms = _terms(address(usd));
        uint256 had = usd.balanceOf(buyer);
        Permit2Payment memory payment = _payment(_idOf(terms), TIP);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Tipped(_idOf(terms), RELAYER, TIP);
        _open(terms, payment);
        _assertPaid(terms, buyer, had, TIP);
    }

    function test_WhenSignatureIsShort() public {
        Terms memory terms = _terms(address(usd));
        Permit2Payment memory payment = _unsigned(buyer, 0);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(BUYER_KEY, _digest(_idOf(terms), payment, USD_PRICE));
        payment.signature = abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
        _open(terms, payment);
        _assertState(terms, DealState.Funded);
    }

    function test_WhenBuyerIsAContractWallet() public {
        Multisig wallet = _multisig();
        wallet.act(address(usd), abi.encodeCall(usd.approve, (PERMIT2, type(uint256).max)));
        Terms memory terms = _terms(address(usd));
        Permit2Payment memory payment = _unsigned(address(wallet), TIP);
        payment.signature = _signByBoth(_digest(_idOf(terms), payment, USD_PRICE + TIP));
        _open(terms, payment);
        _assertPaid(terms, address(wallet), USD_PRICE + TIP, TIP);
    }

    function test_WhenSellerTakesABid() public {
        (Offer memory offer, bytes memory signature) = _bid(buyer);
        Permit2Payment memory payment = _payment(_idOf(offer.terms), 0);
        vm.prank(stranger);
        escrow.openWithPermit2(offer, 0, signature, payment);
        (address s,) = escrow.partiesOf(offer.terms);
        vm.assertEq(s, stranger, "seller");
    }

    function test_WhenNamedSellerTakesABid() public {
        (Offer memory offer,) = _bid(buyer);
        offer.terms.seller = seller;
        bytes memory signature = _signBid(offer);
        Permit2Payment memory payment = _payment(_idOf(offer.terms), 0);
        vm.prank(seller);
        escrow.openWithPermit2(offer, 0, signature, payment);
        _assertState(offer.terms, DealState.Funded);
    }

    /// @dev Whoever takes an open bid becomes its seller; the payment must be its maker's.
    function test_RevertWhen_BidIsPaidByAnother() public {
        (Offer memory offer, bytes memory signature) = _bid(buyer);
        Permit2Payment memory payment = _payment(_idOf(offer.terms), 0);
        payment.buyer = stranger;
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongCaller.selector, stranger, buyer));
        vm.prank(RELAYER);
        escrow.openWithPermit2(offer, 0, signature, payment);
    }

    /// @dev A payment signed for one deal, however alike, pays for no other.
    function test_RevertWhen_PaymentIsOfAnotherDeal() public {
        Terms memory other = _terms(address(usd));
        other.salt = 2;
        _refused(_terms(address(usd)), _payment(_idOf(other), 0), Permit2Mock.InvalidSigner.selector);
    }

    /// @dev A relayer that names another buyer cannot make that the buyer of money it did not sign.
    function test_RevertWhen_RelayerNamesAnotherBuyer() public {
        Terms memory terms = _terms(address(usd));
        Permit2Payment memory payment = _payment(_idOf(terms), 0);
        payment.buyer = stranger;
        _refused(terms, payment, Permit2Mock.InvalidSigner.selector);
    }

    function test_RevertWhen_RelayerRaisesItsTip() public {
        Terms memory terms = _terms(address(usd));
        Permit2Payment memory payment = _payment(_idOf(terms), TIP);
        payment.tip = TIP + 1;
        _refused(terms, payment, Permit2Mock.InvalidSigner.selector);
    }

    function test_RevertWhen_NonceOrDeadlineDiffersFromWhatWasSigned() public {
        Terms memory terms = _terms(address(usd));
        Permit2Payment memory payment = _payment(_idOf(terms), 0);
        payment.nonce = NONCE + 1;
        _refused(terms, payment, Permit2Mock.InvalidSigner.selector);
        payment = _payment(_idOf(terms), 0);
        payment.deadline += 1;
        _refused(terms, payment, Permit2Mock.InvalidSigner.selector);
    }

    function test_RevertWhen_NonceWasUsed() public {
        Terms memory terms = _terms(address(usd));
        _open(terms, _payment(_idOf(terms), 0));
        terms.salt = 2;
        _refused(terms, _payment(_idOf(terms), 0), Permit2Mock.InvalidNonce.selector);
    }

    function test_RevertWhen_Expired() public {
        Terms memory terms = _terms(address(usd));
        Permit2Payment memory payment = _payment(_idOf(terms), 0);
        vm.warp(payment.deadline + 1);
        bytes memory refusal =
            abi.encodeWithSelector(Permit2Mock.SignatureExpired.selector, payment.deadline);
        _refused(terms, payment, refusal);
    }

    /// @dev The spender is signed for: called directly, Permit2 takes the relayer for the spender and refuses.
    function test_RevertWhen_RelayerSendsItElsewhere() public {
        Terms memory terms = _terms(address(usd));
        Permit2Payment memory payment = _payment(_idOf(terms), 0);
        IPermit2.PermitTransferFrom memory permit = IPermit2.PermitTransferFrom(
            IPermit2.TokenPermissions(address(usd), USD_PRICE), payment.nonce, payment.deadline
        );
        bytes32 witness = keccak256(abi.encode(keccak256("Deal(bytes32 dealId)"), _idOf(terms)));
        vm.expectRevert(abi.encodeWithSelector(Permit2Mock.InvalidSigner.selector));
        vm.prank(RELAYER);
        IPermit2(PERMIT2).permitWitnessTransferFrom(
            permit,
            IPermit2.SignatureTransferDetails(RELAYER, USD_PRICE),
            buyer,
            witness,
            "Deal witness)Deal(bytes32 dealId)TokenPermissions(address token,uint256 amount)",
            payment.signature
        );
    }

    function test_RevertWhen_CoinsComeWithIt() public {
        Terms memory terms = _terms(address(usd));
        Permit2Payment memory payment = _payment(_idOf(terms), 0);
        (Offer memory offer, bytes memory signature) = _ask(terms);
        vm.deal(RELAYER, 1);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongValue.selector, 1, 0));
        vm.prank(RELAYER);
        escrow.openWithPermit2{value: 1}(offer, 0, signature, payment);
    }

    function test_RevertWhen_DealIsInEth() public {
        Terms memory terms = _terms(ETH);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.NotAToken.selector, ETH);
        _refused(terms, _payment(_idOf(terms), 0), refusal);
    }

    /// @dev On a chain without Permit2 nothing may count as paid.
    function test_RevertWhen_Permit2IsMissing() public {
        Terms memory terms = _terms(address(usd));
        Permit2Payment memory payment = _payment(_idOf(terms), 0);
        vm.etch(PERMIT2, "");
        _refused(terms, payment, abi.encodeWithSignature("AddressEmptyCode(address)", PERMIT2));
    }

    function _open(Terms memory terms, Permit2Payment memory payment) private {
        (Offer memory offer, bytes memory signature) = _ask(terms);
        vm.prank(RELAYER);
        escrow.openWithPermit2(offer, 0, signature, payment);
    }

    function _refused(Terms memory terms, Permit2Payment memory payment, bytes4 selector) private {
        _refused(terms, payment, abi.encodeWithSelector(selector));
    }

    function _refused(Terms memory terms, Permit2Payment memory payment, bytes memory refusal) private {
        (Offer memory offer, bytes memory signature) = _ask(terms);
        vm.expectRevert(refusal);
        vm.prank(RELAYER);
        escrow.openWithPermit2(offer, 0, signature, payment);
    }

    function _payment(bytes32 id, uint256 tip) private view returns (Permit2Payment memory payment) {
        payment = _unsigned(buyer, tip);
        payment.signature = _sign(BUYER_KEY, _digest(id, payment, USD_PRICE + tip));
    }

    function _unsigned(address from, uint256 tip) private view returns (Permit2Payment memory) {
        return Permit2Payment(from, tip, NONCE, block.timestamp + 1 hours, "");
    }

    /// @dev By the text of EIP-712, so that the escrow's witness type and hash are checked by it.
    function _digest(bytes32 id, Permit2Payment memory payment, uint256 amount) private view returns (bytes32) {
        bytes32 typehash = keccak256(
            "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,"
            "Deal witness)Deal(bytes32 dealId)TokenPermissions(address token,uint256 amount)"
        );
        bytes32 permitted =
            keccak256(abi.encode(keccak256("TokenPermissions(address token,uint256 amount)"), address(usd), amount));
        bytes32 witness = keccak256(abi.encode(keccak256("Deal(bytes32 dealId)"), id));
        bytes32 structHash = keccak256(
            abi.encode(typehash, permitted, address(escrow), payment.nonce, payment.deadline, witness)
        );
        return keccak256(abi.encodePacked(hex"1901", Permit2Mock(PERMIT2).DOMAIN_SEPARATOR(), structHash));
    }
}
