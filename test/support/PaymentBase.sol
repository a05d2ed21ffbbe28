// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Multisig} from "../../contracts/mocks/parties/Multisig.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Base} from "./Base.sol";
import {Digests} from "./Digests.sol";
import {vm} from "./Vm.sol";

/// @notice Openings that the buyer pays by a signature and a relayer submits.
abstract contract PaymentBase is Base {
    address internal constant RELAYER = address(uint160(uint256(keccak256("relayer"))));
    uint256 internal constant TIP = 3e6;

    function _ask(Terms memory terms) internal view returns (Offer memory offer, bytes memory signature) {
        offer = _offerOf(terms);
        signature = _signOffer(offer);
    }

    /// @dev A bid by `maker` that any seller may take, signed by the buyer's key.
    function _bid(address maker) internal view returns (Offer memory offer, bytes memory signature) {
        Terms memory terms = _terms(address(usd));
        (terms.seller, terms.buyer) = (address(0), maker);
        offer = Offer(terms, uint40(block.timestamp + 1), 0, 0, 1);
        signature = _signBid(offer);
    }

    function _signBid(Offer memory offer) internal view returns (bytes memory) {
        return _sign(BUYER_KEY, Digests.offer(address(escrow), offer));
    }

    /// @dev Price in the escrow, tip with the relayer, nothing more from the buyer.
    function _assertPaid(Terms memory terms, address by, uint256 had, uint256 tip) internal view {
        vm.assertEq(had - usd.balanceOf(by), USD_PRICE + tip, "buyer paid");
        vm.assertEq(usd.balanceOf(address(escrow)), USD_PRICE, "escrow holds");
        vm.assertEq(usd.balanceOf(RELAYER), tip, "relayer earned");
        (, address b) = escrow.partiesOf(terms);
        vm.assertEq(b, by, "buyer");
        _assertState(terms, DealState.Funded);
    }

    /// @dev A wallet of buyer and stranger, with the price and a tip.
    function _multisig() internal returns (Multisig wallet) {
        wallet = new Multisig(buyer, stranger);
        usd.mint(address(wallet), USD_PRICE + TIP);
    }

    function _signByBoth(bytes32 digest) internal view returns (bytes memory) {
        bytes memory one = _sign(BUYER_KEY, digest);
        bytes memory other = _sign(STRANGER_KEY, digest);
        return buyer < stranger ? bytes.concat(one, other) : bytes.concat(other, one);
    }
}
