// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {BlocklistToken} from "../../../contracts/mocks/tokens/Refusals.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {Digests} from "../../support/Digests.sol";
import {vm} from "../../support/Vm.sol";

/// @notice A seller that could not take its 0.975 ether, or 97.5 tokens, and is credited.
abstract contract CreditBase is Base {
    uint256 internal constant CREDIT = 0.975 ether;
    address internal constant TARGET = address(uint160(uint256(keccak256("target"))));
    address internal constant RELAYER = address(uint160(uint256(keccak256("relayer"))));

    function _credit() internal {
        Terms memory terms = _funded(ETH);
        vm.etch(seller, hex"5f5ffd");
        vm.prank(buyer);
        escrow.release(terms);
        vm.etch(seller, "");
        _collect(terms);
        vm.assertEq(escrow.creditOf(ETH, seller), CREDIT, "credit");
    }

    function _creditToken() internal returns (BlocklistToken token) {
        token = new BlocklistToken();
        token.mint(buyer, USD_PRICE);
        Terms memory terms = _terms(address(token));
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        vm.prank(buyer);
        token.approve(address(escrow), USD_PRICE);
        vm.prank(buyer);
        escrow.open(offer, 0, signature);
        token.setBlocked(seller, true);
        vm.prank(buyer);
        escrow.release(terms);
        vm.assertEq(escrow.creditOf(address(token), seller), 97.5e6, "credit");
    }
}

contract Escrow_withdraw is CreditBase {
    function test_WhenCoins() public {
        _credit();
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Withdrawn(ETH, seller, TARGET, CREDIT);
        vm.prank(seller);
        escrow.withdraw(ETH, TARGET);
        vm.assertEq(TARGET.balance, CREDIT, "who was named got it");
        vm.assertEq(escrow.creditOf(ETH, seller), 0, "credit");
        vm.assertEq(address(escrow).balance, 0, "escrow holds");
    }

    function test_WhenTokens() public {
        BlocklistToken token = _creditToken();
        vm.prank(seller);
        escrow.withdraw(address(token), TARGET);
        vm.assertEq(token.balanceOf(TARGET), 97.5e6, "who was named got it");
    }

    function test_RevertWhen_Nothing() public {
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.NothingToWithdraw.selector, ETH, stranger));
        vm.prank(stranger);
        escrow.withdraw(ETH, stranger);
    }

    function test_RevertWhen_Twice() public {
        _credit();
        vm.prank(seller);
        escrow.withdraw(ETH, seller);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.NothingToWithdraw.selector, ETH, seller));
        vm.prank(seller);
        escrow.withdraw(ETH, seller);
    }

    function test_RevertWhen_ReceiverRefuses() public {
        _credit();
        // The token contract has no way to receive the chain's coin.
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WithdrawFailed.selector, ETH, address(usd), CREDIT));
        vm.prank(seller);
        escrow.withdraw(ETH, address(usd));
        vm.assertEq(escrow.creditOf(ETH, seller), CREDIT, "credit stays");
    }

    function test_RevertWhen_TokenRefuses() public {
        BlocklistToken token = _creditToken();
        vm.expectRevert(
            abi.encodeWithSelector(IEscrowErrors.WithdrawFailed.selector, address(token), seller, 97.5e6)
        );
        vm.prank(seller);
        escrow.withdraw(address(token), seller);
    }
}

contract Escrow_withdrawFor is CreditBase {
    function test_WhenSigned() public {
        _credit();
        _withdraws(0);
    }

    function test_WhenItTips() public {
        _credit();
        _withdraws(0.1 ether);
    }

    function test_WhenAllIsTipped() public {
        _credit();
        _withdraws(CREDIT);
    }

    function _withdraws(uint256 tip) private {
        bytes memory signature = _signWithdrawal(SELLER_KEY, tip, 0);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Withdrawn(ETH, seller, TARGET, CREDIT);
        _submit(tip, signature);
        vm.assertEq(TARGET.balance, CREDIT - tip, "who was named got the rest");
        vm.assertEq(RELAYER.balance, tip, "relayer earned");
        vm.assertEq(escrow.withdrawalsOf(seller), 1, "withdrawals");
        vm.assertEq(address(escrow).balance, 0, "escrow holds");
    }

    function test_WhenTokenIsTipped() public {
        BlocklistToken token = _creditToken();
        bytes32 digest =
            Digests.withdrawal(address(escrow), seller, address(token), TARGET, 1e6, 0, uint40(START));
        bytes memory signature = _sign(SELLER_KEY, digest);
        vm.prank(RELAYER);
        escrow.withdrawFor(seller, address(token), TARGET, 1e6, uint40(START), signature);
        vm.assertEq(token.balanceOf(TARGET), 96.5e6, "who was named got the rest");
        vm.assertEq(token.balanceOf(RELAYER), 1e6, "relayer earned");
    }

    /// @dev A relayer that cannot take its tip is credited, and does not hold up the withdrawal.
    function test_WhenRelayerRefusesItsTip() public {
        _credit();
        bytes memory signature = _signWithdrawal(SELLER_KEY, 0.1 ether, 0);
        vm.etch(RELAYER, hex"5f5ffd");
        _submit(0.1 ether, signature);
        vm.assertEq(escrow.creditOf(ETH, RELAYER), 0.1 ether, "relayer's credit");
        vm.assertEq(TARGET.balance, 0.875 ether, "who was named got the rest");
    }

    function test_RevertWhen_Replayed() public {
        _credit();
        bytes memory signature = _signWithdrawal(SELLER_KEY, 0, 0);
        _submit(0, signature);
        Terms memory terms = _terms(ETH);
        terms.salt = 2;
        _open(terms);
        vm.etch(seller, hex"5f5ffd");
        vm.prank(buyer);
        escrow.release(terms);
        vm.etch(seller, "");
        _refused(0, signature, abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, seller));
        _submit(0, _signWithdrawal(SELLER_KEY, 0, 1));
        vm.assertEq(TARGET.balance, 2 * CREDIT, "the next nonce is good");
    }

    function test_RevertWhen_TipIsMoreThanTheCredit() public {
        _credit();
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.TipTooHigh.selector, CREDIT + 1, CREDIT);
        _refused(CREDIT + 1, _signWithdrawal(SELLER_KEY, CREDIT + 1, 0), refusal);
    }

    function test_RevertWhen_Expired() public {
        _credit();
        bytes memory signature = _signWithdrawal(SELLER_KEY, 0, 0);
        vm.warp(START + 1);
        _refused(0, signature, abi.encodeWithSelector(IEscrowErrors.SignatureExpired.selector, START, START + 1));
    }

    function test_RevertWhen_AnotherSigned() public {
        _credit();
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, seller);
        _refused(0, _signWithdrawal(STRANGER_KEY, 0, 0), refusal);
        _refused(1, _signWithdrawal(SELLER_KEY, 0, 0), refusal);
    }

    function test_RevertWhen_SentElsewhere() public {
        _credit();
        bytes memory signature = _signWithdrawal(SELLER_KEY, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, seller));
        vm.prank(RELAYER);
        escrow.withdrawFor(seller, ETH, RELAYER, 0, uint40(START), signature);
    }

    function test_RevertWhen_Nothing() public {
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.NothingToWithdraw.selector, ETH, seller);
        _refused(0, _signWithdrawal(SELLER_KEY, 0, 0), refusal);
        vm.assertEq(escrow.withdrawalsOf(seller), 0, "no nonce is used up");
    }

    function _signWithdrawal(uint256 key, uint256 tip, uint256 nonce) private view returns (bytes memory) {
        return _sign(
            key, Digests.withdrawal(address(escrow), seller, ETH, TARGET, tip, nonce, uint40(START))
        );
    }

    function _submit(uint256 tip, bytes memory signature) private {
        vm.prank(RELAYER);
        escrow.withdrawFor(seller, ETH, TARGET, tip, uint40(START), signature);
    }

    function _refused(uint256 tip, bytes memory signature, bytes memory refusal) private {
        vm.expectRevert(refusal);
        _submit(tip, signature);
    }
}
