// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {Act, Action} from "../../../contracts/types/Act.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {ActBase} from "../../support/ActBase.sol";
import {Digests} from "../../support/Digests.sol";
import {vm} from "../../support/Vm.sol";

contract Escrow_releaseFor is ActBase {
    uint256 private constant DEALS = 5;

    Terms[] private _batch;
    uint40[] private _expiries;
    bytes[] private _signatures;

    /// @dev Two in ETH of one seller, one of another, one in tokens, and one of the first again.
    function test_WhenNeighboursShareASeller() public {
        _add(_opened(1, seller, SELLER_KEY, ETH));
        _add(_opened(2, seller, SELLER_KEY, ETH));
        _add(_opened(3, stranger, STRANGER_KEY, ETH));
        _add(_opened(4, seller, SELLER_KEY, address(usd)));
        _add(_opened(5, seller, SELLER_KEY, ETH));
        (uint256 coins, uint256 others) = (seller.balance, stranger.balance);
        for (uint256 i = 0; i < DEALS; ++i) {
            uint256 price = _batch[i].price;
            vm.expectEmit(address(escrow));
            emit IEscrowEvents.Released(_idOf(_batch[i]), price, price / 40);
        }
        _submitBatch();
        vm.assertEq(seller.balance - coins, 3 * 0.975 ether, "seller's coins");
        vm.assertEq(stranger.balance - others, 0.975 ether, "the other seller's coins");
        vm.assertEq(usd.balanceOf(seller), 97.5e6, "seller's tokens");
        vm.assertEq(address(escrow).balance, 4 * 0.025 ether, "fees wait");
        escrow.collectFees(_batch);
        vm.assertEq(operator.balance, 0.1 ether, "operator's coins");
        vm.assertEq(usd.balanceOf(operator), 2.5e6, "operator's tokens");
    }

    /// @dev In bids that leave the seller open, equal terms are no sign of an equal seller.
    function test_WhenSellersAreLeftOpen() public {
        vm.prank(buyer);
        usd.approve(address(escrow), 2 * USD_PRICE);
        _add(_taken(1, stranger));
        _add(_taken(2, seller));
        _submitBatch();
        vm.assertEq(usd.balanceOf(stranger), 97.5e6, "first seller");
        vm.assertEq(usd.balanceOf(seller), 97.5e6, "second seller");
    }

    function test_WhenPartsMovedBefore() public {
        Terms memory terms = _opened(1, seller, SELLER_KEY, ETH);
        vm.prank(buyer);
        escrow.releasePart(terms, 0.4 ether);
        uint256 had = seller.balance;
        _add(terms);
        _submitBatch();
        vm.assertEq(seller.balance - had, 0.585 ether, "seller gained");
    }

    function test_WhenEmpty() public {
        _submitBatch();
    }

    /// @dev The act that a buyer signs is the same; it must not work in both places.
    function test_RevertGiven_ReleasedByAct() public {
        Terms memory terms = _opened(1, seller, SELLER_KEY, ETH);
        _add(terms);
        Act memory what = _actOf(buyer, Action.Release);
        vm.prank(RELAYER);
        escrow.act(terms, what, _signatures[0]);
        _refused(
            abi.encodeWithSelector(
                IEscrowErrors.UnexpectedState.selector, _idOf(terms), DealState.Completed, _underway()
            )
        );
    }

    function test_RevertWhen_ADealIsListedTwice() public {
        Terms memory terms = _opened(1, seller, SELLER_KEY, ETH);
        _add(terms);
        _add(terms);
        _refused(
            abi.encodeWithSelector(
                IEscrowErrors.UnexpectedState.selector, _idOf(terms), DealState.Completed, _underway()
            )
        );
        _assertState(terms, DealState.Funded);
    }

    function test_RevertWhen_OneExpired() public {
        _add(_opened(1, seller, SELLER_KEY, ETH));
        _add(_opened(2, seller, SELLER_KEY, ETH));
        _expiries[1] = uint40(START - 1);
        _refused(abi.encodeWithSelector(IEscrowErrors.SignatureExpired.selector, START - 1, START));
    }

    function test_RevertWhen_ExpiryIsNotTheSignedOne() public {
        _add(_opened(1, seller, SELLER_KEY, ETH));
        _expiries[0] += 1;
        _refused(abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, buyer));
    }

    function test_RevertWhen_SignaturesAreSwapped() public {
        _add(_opened(1, seller, SELLER_KEY, ETH));
        _add(_opened(2, seller, SELLER_KEY, ETH));
        bytes memory first = _signatures[0];
        _signatures[0] = _signatures[1];
        _signatures[1] = first;
        _refused(abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, buyer));
    }

    /// @dev A tip was signed: this call pays none, so the signature is for something else.
    function test_RevertWhen_ATipWasSigned() public {
        Terms memory terms = _opened(1, seller, SELLER_KEY, ETH);
        _add(terms);
        Act memory what = _actOf(buyer, Action.Release);
        what.tip = 1;
        _signatures[0] = _signed(terms, what);
        _refused(abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, buyer));
    }

    function test_RevertWhen_LengthsDiffer() public {
        _add(_opened(1, seller, SELLER_KEY, ETH));
        _expiries.push(1);
        _refused(abi.encodeWithSelector(IEscrowErrors.LengthsDiffer.selector, 1, 2, 1));
        _expiries.pop();
        _signatures.push("");
        _refused(abi.encodeWithSelector(IEscrowErrors.LengthsDiffer.selector, 1, 1, 2));
    }

    function _opened(uint64 salt, address by, uint256 key, address token) private returns (Terms memory terms) {
        terms = _terms(token);
        (terms.salt, terms.seller) = (salt, by);
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _sign(key, Digests.offer(address(escrow), offer));
        if (token != ETH) {
            vm.prank(buyer);
            usd.approve(address(escrow), terms.price);
        }
        vm.prank(buyer);
        escrow.open{value: token == ETH ? terms.price : 0}(offer, 0, signature);
    }

    /// @dev The buyer's bid, taken by `by`.
    function _taken(uint64 salt, address by) private returns (Terms memory terms) {
        terms = _terms(address(usd));
        (terms.salt, terms.seller, terms.buyer) = (salt, address(0), buyer);
        Offer memory offer = Offer(terms, uint40(START), 0, 0, 1);
        bytes memory signature = _sign(BUYER_KEY, Digests.offer(address(escrow), offer));
        vm.prank(by);
        escrow.open(offer, 0, signature);
    }

    function _add(Terms memory terms) private {
        Act memory what = _actOf(buyer, Action.Release);
        _batch.push(terms);
        _expiries.push(what.expiry);
        _signatures.push(_signed(terms, what));
    }

    function _submitBatch() private {
        vm.prank(RELAYER);
        escrow.releaseFor(_batch, _expiries, _signatures);
    }

    function _refused(bytes memory refusal) private {
        vm.expectRevert(refusal);
        _submitBatch();
    }
}
